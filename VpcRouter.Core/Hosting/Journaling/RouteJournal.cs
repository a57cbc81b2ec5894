using System.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.Settings;

namespace VpcRouter.Hosting.Journaling;

/// <summary>
/// Writes down what the router decides and does. It listens to the events and never holds the router up: while the file can't be
/// written it keeps the newest events, tries again, and says afterwards how many it lost. Thread-safe; runs once.
/// </summary>
internal sealed partial class RouteJournal(
    IOptions<VpcRouterOptions> options,
    RouterState state,
    IRouterEvents events,
    TimeProvider time,
    ILogger<RouteJournal> logger,
    Func<string, Stream>? open = null) : IDisposable
{
    private const int UnreadEvents = 16_384;
    private const int BytesAtOnce = 1 << 20;
    private const long Mebibyte = 1 << 20;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);
    private readonly RepeatedFailures _failures = new(time);
    private readonly ArrayBufferWriter<byte> _unwritten = new();
    private readonly JournalLines _lines = new(() => state.Current.Snapshot?.VpcId ?? options.Value.VpcId);
    private readonly CancellationTokenSource _ending = new();
    private JournalFile? _file;
    private RouterEventSubscription? _subscription;
    private long _lostAtEnd;
    private long _unwritable;
    private long _lostTold;

    /// <summary>How many events never reached the file, because it could not be written for too long.</summary>
    public long Lost => (_subscription?.Lost ?? 0) + Interlocked.Read(ref _lostAtEnd) + Interlocked.Read(ref _unwritable);

    /// <summary>Begins to listen, where a file is named.</summary>
    /// <exception cref="SettingsException">The file can't be written.</exception>
    public void Open()
    {
        if (options.Value.Journal is not { Length: > 0 } path)
            return;
        var file = new JournalFile(path, options.Value.JournalSize * Mebibyte, options.Value.JournalFiles, open);
        try
        {
            file.Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            file.Dispose();
            throw new SettingsException([new SettingError("journal", path, $"can't be written: {e.Message} Make its folder, or let this user write there.")]);
        }

        _file = file;
        _subscription = events.Subscribe(UnreadEvents);
    }

    /// <summary>Writes until <see cref="EndAsync"/>.</summary>
    public async Task RunAsync()
    {
        if (_file is null || _subscription is null)
            return;
        _lines.AddMark(time.GetUtcNow(), "started", _unwritten);
        await WriteAsync().ConfigureAwait(false);
        while (await _subscription.Events.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_subscription.Lost - _lostTold is > 0 and var lost)
            {
                _lines.AddLost(time.GetUtcNow(), lost, _unwritten);
                _lostTold += lost;
            }

            while (_unwritten.WrittenCount < BytesAtOnce && _subscription.Events.TryRead(out var happened))
                Add(happened);
            await WriteAsync().ConfigureAwait(false);
        }

        _lines.AddMark(time.GetUtcNow(), "stopped", _unwritten);
        await WriteAsync().ConfigureAwait(false);
    }

    /// <summary>Stops listening and waits until all that has happened is written, for a moment only.</summary>
    /// <param name="running">What <see cref="RunAsync"/> returned.</param>
    public async Task EndAsync(Task running)
    {
        _subscription?.Dispose();
        await _ending.CancelAsync().ConfigureAwait(false);
        await running.WaitAsync(LongestEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _file?.Dispose();
        _ending.Dispose();
    }

    private async Task WriteAsync()
    {
        for (var failures = 1; !TryWrite(); failures++)
        {
            // At the end of the process there is one try and no waiting.
            if (_ending.IsCancellationRequested)
            {
                Interlocked.Add(ref _lostAtEnd, LinesUnwritten());
                break;
            }

            await Task.Delay(Backoff.After(failures), time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _unwritten.ResetWrittenCount();
    }

    private void Add(RouterEvent happened)
    {
        try
        {
            _lines.Add(happened, _unwritten);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            // A text that JSON can't hold must not end the journal.
            Interlocked.Increment(ref _unwritable);
            if (_failures.Count("line") is not null)
                Log.NotALine(logger, e, happened.GetType().Name);
        }
    }

    private bool TryWrite()
    {
        try
        {
            if (_file!.Append(_unwritten.WrittenSpan) is { } problem && _failures.Count("set aside") is not null)
                Log.NotSetAside(logger, options.Value.Journal!, problem.Message);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_failures.Count("write") is { } untold)
                Log.NotWritten(logger, options.Value.Journal!, e.Message, untold);
            return false;
        }
    }

    private int LinesUnwritten() => _unwritten.WrittenSpan.Count((byte)'\n');
}
