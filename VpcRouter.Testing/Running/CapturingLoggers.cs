using Microsoft.Extensions.Logging;

namespace VpcRouter.Testing.Running;

/// <summary>Makes loggers that write into one log.</summary>
internal sealed class CapturingLoggers(PluginLog log) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(log, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(PluginLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add(new LogLine(logLevel, category, formatter(state, exception), exception));
    }
}
