using Microsoft.Extensions.Logging;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Takes a router's log lines into the trace, and counts those that an operator sees at the default level.</summary>
internal sealed class ScenarioLog(Trace trace) : ILoggerFactory, ILogger
{
    public int Lines { get; private set; }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines++;
        trace.Say($"log {logLevel} {eventId.Id}: {formatter(state, exception)}{(exception is null ? "" : $" [{exception.GetType().Name}: {exception.Message}]")}");
        if (eventId.Id is 1126 or 1133)
            trace.Violation($"the loop faulted: {exception}");
    }

    public void Dispose()
    {
    }
}
