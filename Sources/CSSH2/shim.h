#ifndef TASKS_CSSH2_H
#define TASKS_CSSH2_H

#include <libssh2.h>

/// Has all that a session sends sent by `call`, which returns a negative error number where `send` sets one.
static inline void tasks_ssh2_set_send(
    LIBSSH2_SESSION *session,
    ssize_t (*call)(libssh2_socket_t socket, const void *bytes, size_t count, int flags, void **abstract)) {
  libssh2_session_callback_set(session, LIBSSH2_CALLBACK_SEND, (void *)call);
}

#endif
