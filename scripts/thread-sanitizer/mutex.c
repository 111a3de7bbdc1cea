// Tells ThreadSanitizer of the locks that it cannot see: preloaded by 'make tsan'.
//
// The first try to take a Swift 'Mutex' is compiled into the code that takes it, where ThreadSanitizer sees it. If somebody
// else has it, the waiting is in libswiftSynchronization, which is not built with it; whoever has waited seems to hold no lock,
// and what it guards seems to be raced for. So both functions are called through these, which say what they do. The names are
// those of _MutexHandle._lockSlow(_: UInt32) and _MutexHandle._unlockSlow() in Swift 6.3; if they change, 'make tsan' fails
// at its first contended lock.
// https://github.com/swiftlang/swift/blob/main/stdlib/public/Synchronization/Mutex/LinuxImpl.swift

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

typedef __attribute__((swiftcall)) void LockSlow(uint32_t, __attribute__((swift_context)) void *);
typedef __attribute__((swiftcall)) void UnlockSlow(__attribute__((swift_context)) void *);

// In the program that is tested; others that the library is loaded into have none.
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

__attribute__((swiftcall)) void lockSlow(uint32_t state, __attribute__((swift_context)) void *handle)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
__attribute__((swiftcall)) void unlockSlow(__attribute__((swift_context)) void *handle)
    __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");

__attribute__((swiftcall)) void lockSlow(uint32_t state, __attribute__((swift_context)) void *handle) {
  LockSlow *real = (LockSlow *)dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
  real(state, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

__attribute__((swiftcall)) void unlockSlow(__attribute__((swift_context)) void *handle) {
  UnlockSlow *real = (UnlockSlow *)dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
  if (__tsan_release) __tsan_release(handle);
  real(handle);
}
