"""The control plane's side of the gateways: who they are, what they must close, tickets."""
