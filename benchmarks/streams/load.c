// The browsers of the benchmark: one epoll loop, one JSON line at the end.
//   load MODE PORT HEAD_FILE STREAMS SIZE SECONDS RATE STALLED
// echo  each stream sends SIZE bytes and waits for them to come back; RATE > 0 paces the sends (per second each)
// bulk  reads what the session sends as fast as it can
// idle  opens STREAMS streams, prints a line, waits for a line on stdin
// open  opens and aborts streams one after another, STREAMS at once
// STALLED streams of HEAD_FILE.bulk are opened first and never read.
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
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTING, ASKED, OPEN, DEAD };

typedef struct {
    int fd, state, waiting;
    uint64_t since, due;
    size_t out, in;
    char head[2048];
    size_t head_len;
} Stream;

static int loop, port, measuring;
static char request[8192], received[1 << 18];
static size_t request_len, size;
static char *message;
static uint64_t *times;
static size_t count, room;
static uint64_t bytes, failed, late;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void note(uint64_t duration) {
    if (count == room) times = realloc(times, (room = room ? room * 2 : 1 << 16) * sizeof *times);
    times[count++] = duration;
}

static void watch(Stream *s, int change, uint32_t events) {
    struct epoll_event e = {.events = events, .data.ptr = s};
    epoll_ctl(loop, change, s->fd, &e);
}

static void dial(Stream *s) {
    int one = 1;
    s->since = now();
    s->state = CONNECTING;
    s->head_len = 0;
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect(s->fd, (void *)&a, sizeof a);
    watch(s, EPOLL_CTL_ADD, EPOLLOUT);
}

static void die(Stream *s) {
    failed++;
    s->state = DEAD;
    close(s->fd);
}

static void shake(Stream *s, uint32_t events) {
    if (s->state == CONNECTING) {
        if (events & (EPOLLERR | EPOLLHUP)) return die(s);
        if (send(s->fd, request, request_len, MSG_NOSIGNAL) != (ssize_t)request_len) return die(s);
        s->state = ASKED;
        watch(s, EPOLL_CTL_MOD, EPOLLIN);
        return;
    }
    // One byte at a time would be slow and more could swallow the stream's first bytes; the head is peeked at.
    ssize_t n = recv(s->fd, s->head, sizeof s->head - 1, MSG_PEEK);
    if (n <= 0) return die(s);
    s->head[n] = 0;
    char *end = strstr(s->head, "\r\n\r\n");
    if (!end) return;
    if (strncmp(s->head, "HTTP/1.1 101", 12)) {
        if (!failed) fprintf(stderr, "%.700s\n", s->head);
        return die(s);
    }
    if (recv(s->fd, s->head, end + 4 - s->head, 0) < 0) return die(s);
    s->state = OPEN;
}

static void push(Stream *s) {
    while (s->out < size) {
        ssize_t n = send(s->fd, message + s->out, size - s->out, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno != EAGAIN) return die(s);
            watch(s, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
            return;
        }
        s->out += n;
    }
    watch(s, EPOLL_CTL_MOD, EPOLLIN);
}

static void begin(Stream *s, uint64_t at) {
    s->since = at;
    s->out = s->in = 0;
    s->waiting = 1;
    while (s->out < size) {
        ssize_t n = send(s->fd, message + s->out, size - s->out, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno != EAGAIN) return die(s);
            return push(s);
        }
        s->out += n;
    }
}

static void open_all(Stream *streams, int n, int at_once) {
    static struct epoll_event ready[512];
    int dialled = 0, done = 0;
    uint64_t until = now() + 60000000000ull;
    while (done < n && now() < until) {
        while (dialled < n && dialled - done < at_once) dial(&streams[dialled++]);
        int k = epoll_wait(loop, ready, 512, 1000);
        for (int i = 0; i < k; i++) {
            Stream *s = ready[i].data.ptr;
            if (s->state >= OPEN) continue;
            shake(s, ready[i].events);
            if (s->state >= OPEN) {
                done++;
                if (s->state == OPEN) watch(s, EPOLL_CTL_MOD, 0);
            }
        }
    }
}

static int compare(const void *a, const void *b) {
    uint64_t x = *(uint64_t *)a, y = *(uint64_t *)b;
    return (x > y) - (x < y);
}

static void load_request(const char *path) {
    FILE *f = fopen(path, "r");
    if (!f) exit(2);
    request_len = fread(request, 1, sizeof request, f);
    fclose(f);
}

static double own_cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 9) return 2;
    const char *mode = argv[1];
    port = atoi(argv[2]);
    int n = atoi(argv[4]), stalled = atoi(argv[8]);
    size = atol(argv[5]);
    double seconds = atof(argv[6]), rate = atof(argv[7]);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_TIMERSLACK, 1000);
    struct rlimit many = {20000, 20000};
    setrlimit(RLIMIT_NOFILE, &many);
    message = malloc(size + 1);
    for (size_t i = 0; i < size; i++) message[i] = i * 7 + 3;
    loop = epoll_create1(0);
    Stream *silent = calloc(stalled + 1, sizeof *silent), *streams = calloc(n, sizeof *streams);
    if (stalled) {
        char path[512];
        snprintf(path, sizeof path, "%s.bulk", argv[3]);
        load_request(path);
        open_all(silent, stalled, 8);
        usleep(300000);
    }
    load_request(argv[3]);
    static struct epoll_event ready[1024];
    if (!strcmp(mode, "open")) {
        for (int i = 0; i < n; i++) dial(&streams[i]);
        uint64_t begun = now(), end = begun + (uint64_t)(seconds * 1e9);
        while (now() < end) {
            int k = epoll_wait(loop, ready, 1024, 100);
            for (int i = 0; i < k; i++) {
                Stream *s = ready[i].data.ptr;
                shake(s, ready[i].events);
                if (s->state < OPEN) continue;
                if (s->state == OPEN) {
                    note(now() - s->since);
                    struct linger abrupt = {1, 0};
                    setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
                    close(s->fd);
                }
                dial(s);
            }
        }
        seconds = (now() - begun) / 1e9;
    } else {
        open_all(streams, n, 32);
        puts("open");
        fflush(stdout);
        if (!strcmp(mode, "idle")) {
            char line[16];
            if (!fgets(line, sizeof line, stdin)) return 1;
            seconds = 0;
        } else {
            int bulk = !strcmp(mode, "bulk");
            uint64_t step = rate > 0 ? (uint64_t)(1e9 / rate) : 0, begun = now();
            uint64_t from = begun + 200000000ull, end = from + (uint64_t)(seconds * 1e9);
            for (int i = 0; i < n; i++) {
                if (streams[i].state != OPEN) continue;
                watch(&streams[i], EPOLL_CTL_MOD, EPOLLIN);
                streams[i].due = begun + (step ? step * i / n : 0);
                if (!bulk && !step) begin(&streams[i], now());
            }
            double cpu = own_cpu();
            for (;;) {
                uint64_t t = now();
                if (t >= end) break;
                if (!measuring && t >= from) {
                    measuring = 1;
                    cpu = own_cpu();
                    puts("measuring");
                    fflush(stdout);
                }
                uint64_t next = t + 20000000ull;
                if (step)
                    for (int i = 0; i < n; i++) {
                        Stream *s = &streams[i];
                        if (s->state != OPEN) continue;
                        if (t >= s->due) {
                            if (s->waiting) late += measuring;
                            else begin(s, s->due);
                            s->due += step;
                        }
                        if (s->due < next) next = s->due;
                    }
                t = now();
                uint64_t rest = next > t ? next - t : 0;
                struct timespec wait = {rest / 1000000000ull, rest % 1000000000ull};
                int k = epoll_pwait2(loop, ready, 1024, &wait, 0);
                for (int i = 0; i < k; i++) {
                    Stream *s = ready[i].data.ptr;
                    if (s->state != OPEN) continue;
                    if (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
                        ssize_t got = recv(s->fd, received, sizeof received, 0);
                        if (got == 0 || (got < 0 && errno != EAGAIN)) {
                            die(s);
                            continue;
                        }
                        if (got > 0) {
                            if (measuring) bytes += got;
                            s->in += got;
                            if (!bulk && s->in >= size && s->waiting) {
                                t = now();
                                s->waiting = 0;
                                if (s->in != size) failed++;
                                if (measuring) note(t - s->since), bytes += size;
                                if (!step) begin(s, t);
                            }
                        }
                    }
                    if (s->state == OPEN && (ready[i].events & EPOLLOUT)) push(s);
                }
            }
            seconds = (now() - from) / 1e9;
            qsort(times, count, sizeof *times, compare);
            printf("{\"bytes\":%lu,\"seconds\":%.4f,\"messages\":%zu,\"failed\":%lu,\"late\":%lu,\"loader\":%.3f,"
                   "\"p50\":%.1f,\"p99\":%.1f}\n",
                   bytes, seconds, count, failed, late, (own_cpu() - cpu) / seconds,
                   count ? times[count / 2] / 1e3 : 0, count ? times[count * 99 / 100] / 1e3 : 0);
            return 0;
        }
    }
    qsort(times, count, sizeof *times, compare);
    printf("{\"messages\":%zu,\"seconds\":%.4f,\"failed\":%lu,\"p50\":%.1f,\"p99\":%.1f}\n", count, seconds, failed,
           count ? times[count / 2] / 1e3 : 0, count ? times[count * 99 / 100] / 1e3 : 0);
    return 0;
}
