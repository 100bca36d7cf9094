/* Notes what a program writes to the files of one folder, so that a loss of power can be played afterwards:
   before each write the bytes that were there, and each sync. Loaded into the program with LD_PRELOAD.
   POWER_DIR names the folder, POWER_JOURNAL the file of notes.

   A note: kind (1 byte: w, t, s), length of the path (4), offset (8), length of old bytes (8), size of the file
   before (8), the path, the old bytes. Numbers as the machine has them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 1024
static char *paths[FILES];
static int journal = -1;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void opened(int fd, const char *path) {
  const char *dir = getenv("POWER_DIR"), *notes = getenv("POWER_JOURNAL");
  if (fd < 0 || fd >= FILES || !dir || !notes || strncmp(path, dir, strlen(dir))) return;
  size_t n = strlen(path);
  if ((n > 4 && !strcmp(path + n - 4, "-shm")) || (n > 5 && !strcmp(path + n - 5, ".lock"))) return;
  pthread_mutex_lock(&one);
  if (journal < 0) journal = REAL(open)(notes, O_WRONLY | O_CREAT | O_APPEND, 0600);
  free(paths[fd]);
  paths[fd] = strdup(path);
  pthread_mutex_unlock(&one);
}

static void note(int fd, char kind, int64_t offset, int64_t length) {
  if (fd < 0 || fd >= FILES || !paths[fd]) return;
  struct stat st;
  if (fstat(fd, &st)) return;
  if (kind == 't') length = st.st_size > offset ? st.st_size - offset : 0;
  if (offset + length > st.st_size) length = st.st_size > offset ? st.st_size - offset : 0;
  uint32_t n = strlen(paths[fd]);
  int64_t size = st.st_size;
  char *record = malloc(29 + n + length), *p = record;
  *p++ = kind;
  memcpy(p, &n, 4), p += 4;
  memcpy(p, &offset, 8), p += 8;
  memcpy(p, &length, 8), p += 8;
  memcpy(p, &size, 8), p += 8;
  memcpy(p, paths[fd], n), p += n;
  if (length > 0 && pread(fd, p, length, offset) != length) abort();
  pthread_mutex_lock(&one);
  size_t whole = 29 + n + length, done = 0;
  while (done < whole) {
    ssize_t put = REAL(write)(journal, record + done, whole - done);
    if (put <= 0) abort();
    done += put;
  }
  pthread_mutex_unlock(&one);
  free(record);
}

#define OPEN(name)                                  \
  int name(const char *path, int flags, ...) {      \
    va_list rest;                                   \
    va_start(rest, flags);                          \
    mode_t mode = va_arg(rest, mode_t);             \
    va_end(rest);                                   \
    int fd = REAL(name)(path, flags, mode);         \
    opened(fd, path);                               \
    return fd;                                      \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (fd >= 0 && fd < FILES && paths[fd]) {
    free(paths[fd]);
    paths[fd] = NULL;
  }
  return REAL(close)(fd);
}
ssize_t write(int fd, const void *bytes, size_t n) {
  if (fd >= 0 && fd < FILES && paths[fd]) note(fd, 'w', lseek(fd, 0, SEEK_CUR), n);
  return REAL(write)(fd, bytes, n);
}
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) {
  note(fd, 'w', at, n);
  return REAL(pwrite)(fd, bytes, n, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) {
  note(fd, 'w', at, n);
  return REAL(pwrite64)(fd, bytes, n, at);
}
int ftruncate(int fd, off_t size) {
  note(fd, 't', size, 0);
  return REAL(ftruncate)(fd, size);
}
int ftruncate64(int fd, off64_t size) {
  note(fd, 't', size, 0);
  return REAL(ftruncate64)(fd, size);
}
int fsync(int fd) {
  int done = REAL(fsync)(fd);
  note(fd, 's', 0, 0);
  return done;
}
int fdatasync(int fd) {
  int done = REAL(fdatasync)(fd);
  note(fd, 's', 0, 0);
  return done;
}
