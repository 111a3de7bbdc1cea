// libmicrohttpd 0.9.75, and what of it is macros or takes any number of arguments.

#ifndef TASKS_CMICROHTTPD_H
#define TASKS_CMICROHTTPD_H

#include <microhttpd.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// Beside the library: what Linux has for servers, and Swift's Glibc does not offer.
// https://man7.org/linux/man-pages/man2/accept.2.html, poll.2.html
int accept4(int, struct sockaddr *, socklen_t *, int);
static inline int tasks_http_accept(int descriptor, struct sockaddr *address, socklen_t *length) {
  return accept4(descriptor, address, length, SOCK_CLOEXEC | SOCK_NONBLOCK);
}
// Constants that are enumerations in some of the headers Swift sees, and numbers in others.
static const int tasks_http_stream = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
static const int tasks_http_without_waiting = MSG_DONTWAIT | MSG_NOSIGNAL;
static const short tasks_http_half_closed = 0x2000;  // POLLRDHUP
static inline int tasks_http_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static const enum MHD_ResponseMemoryMode tasks_http_copied = MHD_RESPMEM_MUST_COPY;

// The end of a body that is read piece by piece: a regular one, and one that ends the connection.
static const ssize_t tasks_http_end = MHD_CONTENT_READER_END_OF_STREAM;
static const ssize_t tasks_http_failed = MHD_CONTENT_READER_END_WITH_ERROR;
static const uint64_t tasks_http_unknown_size = MHD_SIZE_UNKNOWN;

// Whom the library calls, all with the same context.
struct tasks_http_callbacks {
  void *context;
  MHD_AccessHandlerCallback handle;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection;
  void *(*target)(void *context, const char *target, struct MHD_Connection *connection);
  void (*log)(void *context, const char *text);
};

// Leaves the target as it came: it is decoded by those who can say what is wrong with it.
static inline size_t tasks_http_leave(void *context, struct MHD_Connection *connection, char *text) {
  (void)context;
  (void)connection;
  size_t length = 0;
  while (text[length]) length++;
  return length;
}

static inline void tasks_http_format(void *context, const char *format, va_list arguments) {
  const struct tasks_http_callbacks *callbacks = (const struct tasks_http_callbacks *)context;
  char text[512];
  if (vsnprintf(text, sizeof text, format, arguments) > 0) callbacks->log(callbacks->context, text);
}

// Starts it without a socket to listen on; NULL if it cannot. `callbacks` stay valid until it has stopped.
static inline struct MHD_Daemon *tasks_http_start(const struct tasks_http_callbacks *callbacks, unsigned threads,
                                                  unsigned connections, size_t memory) {
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET |
          MHD_USE_ERROR_LOG,
      0, NULL, NULL, callbacks->handle, callbacks->context,
      // First, so that it hears of the others.
      MHD_OPTION_EXTERNAL_LOGGER, tasks_http_format, (void *)callbacks,
      MHD_OPTION_NOTIFY_COMPLETED, callbacks->completed, callbacks->context,
      MHD_OPTION_NOTIFY_CONNECTION, callbacks->connection, callbacks->context,
      MHD_OPTION_URI_LOG_CALLBACK, callbacks->target, callbacks->context,
      MHD_OPTION_UNESCAPE_CALLBACK, tasks_http_leave, NULL,
      MHD_OPTION_THREAD_POOL_SIZE, threads,
      MHD_OPTION_CONNECTION_LIMIT, connections,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory,
      // Time-outs are the doorkeeper's: those of the library begin anew with every byte.
      MHD_OPTION_CONNECTION_TIMEOUT, 0u,
      // What is strict is checked by us, who can say what is wrong (HTTPHead).
      MHD_OPTION_STRICT_FOR_CLIENT, 0,
      MHD_OPTION_END);
}

// Has the connection end with the answer instead of sending it in chunks.
//
// For HEAD: 0.9.75 sends the last chunk even where there is no body.
static inline void tasks_http_avoid_chunks(struct MHD_Response *response) {
  MHD_set_response_options(response, MHD_RF_HTTP_VERSION_1_0_ONLY, MHD_RO_END);
}

// The socket of a connection.
static inline int tasks_http_descriptor(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

// How many bytes the head of a request is, from the method to the empty line; 0 if that is not known.
static inline size_t tasks_http_head_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

// What was set when the connection began.
static inline void *tasks_http_connection_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

// The status of the answer that was queued; 0 if there is none.
static inline unsigned tasks_http_status(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
  return info ? info->http_status : 0;
}

#endif
