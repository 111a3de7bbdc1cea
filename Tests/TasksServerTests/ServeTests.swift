import Testing

@testable import TasksServer
