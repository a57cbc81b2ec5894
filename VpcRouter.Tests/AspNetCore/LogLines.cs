using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>Keeps what the product logged, from warnings up also what the framework did. Thread-safe.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> All => [.. _lines];

    public IEnumerable<string> Containing(string part) => All.Where(line => line.Contains(part, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName.StartsWith("VpcRouter", StringComparison.Ordinal) ? LogLevel.Debug : LogLevel.Warning);

    public void Dispose()
    {
    }

    private sealed class Category(LogLines lines, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines._lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
        }
    }
}
