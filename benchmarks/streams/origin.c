// The session of the benchmark: one epoll loop on a TCP port and a Unix socket. After the 101 it echoes bytes
// (/echo: a client frame comes back as it was sent, which the loader knows) or sends for ever (/bulk).
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { HEAD, ECHO, BULK };

typedef struct {
    int fd, state;
    uint32_t events;
    char head[4096];
    size_t head_len;
    char *out;
    size_t len, sent, room;
} Conn;

static int loop;
static char block[1 << 18], received[1 << 18];

static void want(Conn *c, uint32_t events) {
    if (c->events == events) return;
    struct epoll_event e = {.events = events, .data.ptr = c};
    epoll_ctl(loop, EPOLL_CTL_MOD, c->fd, &e);
    c->events = events;
}

static int flush(Conn *c) {
    while (c->sent < c->len) {
        ssize_t n = send(c->fd, c->out + c->sent, c->len - c->sent, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno != EAGAIN) return -1;
            // Unsent echo stops the reading, so that memory stays flat.
            want(c, EPOLLOUT | (c->len - c->sent < sizeof received ? EPOLLIN : 0));
            return 0;
        }
        c->sent += n;
    }
    c->sent = c->len = 0;
    want(c, EPOLLIN | (c->state == BULK ? EPOLLOUT : 0));
    return 0;
}

static int put(Conn *c, const char *data, size_t n) {
    if (c->sent == c->len && c->state != HEAD) {
        ssize_t done = send(c->fd, data, n, MSG_NOSIGNAL);
        if (done < 0 && errno != EAGAIN) return -1;
        if (done > 0) data += done, n -= done;
        if (!n) return 0;
    }
    if (c->len + n > c->room) c->out = realloc(c->out, c->room = (c->len + n) * 2);
    memcpy(c->out + c->len, data, n);
    c->len += n;
    return flush(c);
}

static int read_head(Conn *c) {
    ssize_t n = recv(c->fd, c->head + c->head_len, sizeof c->head - 1 - c->head_len, 0);
    if (n <= 0) return n < 0 && errno == EAGAIN ? 0 : -1;
    c->head_len += n;
    c->head[c->head_len] = 0;
    if (!strstr(c->head, "\r\n\r\n")) return c->head_len < sizeof c->head - 1 ? 0 : -1;
    char *line_end = strstr(c->head, "\r\n");
    *line_end = 0;
    int kind = strstr(c->head, "/echo") ? ECHO : strstr(c->head, "/bulk") ? BULK : HEAD;
    if (kind == HEAD) return -1;
    const char *answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    if (put(c, answer, strlen(answer)) < 0) return -1;
    c->state = kind;
    return flush(c);
}

static int serve(Conn *c, uint32_t events) {
    if (c->state == HEAD) return read_head(c);
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        ssize_t n = recv(c->fd, received, sizeof received, 0);
        if (n == 0 || (n < 0 && errno != EAGAIN)) return -1;
        if (n > 0 && c->state == ECHO && put(c, received, n) < 0) return -1;
    }
    if (events & EPOLLOUT) {
        if (c->len > c->sent) return flush(c);
        for (int i = 0; c->state == BULK && i < 4; i++)
            if (send(c->fd, block, sizeof block, MSG_NOSIGNAL) < 0) return errno == EAGAIN ? 0 : -1;
    }
    return 0;
}

static int listener(int family, const void *address, socklen_t size) {
    int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, address, size) < 0 || listen(fd, 4096) < 0) {
        perror("listen");
        exit(1);
    }
    return fd;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    signal(SIGPIPE, SIG_IGN);
    struct rlimit many = {20000, 20000};
    setrlimit(RLIMIT_NOFILE, &many);
    memset(block, 'x', sizeof block);
    struct sockaddr_in tcp = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    tcp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    strncpy(local.sun_path, argv[2], sizeof local.sun_path - 1);
    int listeners[2] = {listener(AF_INET, &tcp, sizeof tcp), listener(AF_UNIX, &local, sizeof local)};
    loop = epoll_create1(0);
    for (int i = 0; i < 2; i++) {
        struct epoll_event e = {.events = EPOLLIN, .data.u64 = i};
        epoll_ctl(loop, EPOLL_CTL_ADD, listeners[i], &e);
    }
    puts("ready");
    fflush(stdout);
    static struct epoll_event ready[1024];
    for (;;) {
        int n = epoll_wait(loop, ready, 1024, -1);
        for (int i = 0; i < n; i++) {
            if (ready[i].data.u64 < 2) {
                int fd, one = 1;
                while ((fd = accept4(listeners[ready[i].data.u64], 0, 0, SOCK_NONBLOCK)) >= 0) {
                    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    Conn *c = calloc(1, sizeof *c);
                    c->fd = fd;
                    c->events = EPOLLIN;
                    struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
                    epoll_ctl(loop, EPOLL_CTL_ADD, fd, &e);
                }
                continue;
            }
            Conn *c = ready[i].data.ptr;
            if (serve(c, ready[i].events) < 0) {
                close(c->fd);
                free(c->out);
                free(c);
            }
        }
    }
}
