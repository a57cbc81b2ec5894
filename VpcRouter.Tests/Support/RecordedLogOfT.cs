using Microsoft.Extensions.Logging;

namespace VpcRouter.Tests.Support;

/// <summary>Writes into the one log that the test reads, whoever logs.</summary>
internal sealed class RecordedLog<T>(RecordedLog log) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        log.Log(logLevel, eventId, state, exception, formatter);
}
