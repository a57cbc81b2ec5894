using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Probing;

/// <summary>
/// Lets the core decide, the engine carry, and reports who failed. One turn follows the other, and nothing else touches the core, so
/// that there is neither a lock nor a task per probe. Runs once.
/// </summary>
/// <remarks>
/// A turn reads everything that has come in before it lets deadlines pass that lie before the reading. With
/// <see cref="AttentiveClock"/> that makes lateness of the prober cost time, never a false verdict.
/// </remarks>
internal sealed partial class ProbeLoop
{
    /// <summary>Few enough that the time at which they are said to have been sent is right to a fraction of a millisecond.</summary>
    private const int BatchSize = 64;

    /// <summary>Probes a turn, so that a burst of answers never overflows what buffers them.</summary>
    private const int MostPerTurn = 256;

    private const int LogEvery = 100;
    private static readonly TimeSpan WorthALine = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TurnPause = TimeSpan.FromMilliseconds(1);

    /// <summary>A report holds every failed host. When they are thousands, one per verdict would take longer than the verdicts.</summary>
    private static readonly TimeSpan PausePerReportedHost = TimeSpan.FromMicroseconds(5);

    private readonly string _observer;
    private readonly IProbeEngine _engine;
    private readonly ProbeStatistics _statistics;
    private readonly ProbeMeters _meters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ProbeJournal _journal;
    private readonly ProbeCore _core;
    private readonly AttentiveClock _clock = new();
    private readonly ProbeRequest[] _requests = new ProbeRequest[BatchSize];
    private readonly ProbeCompletion[] _completions = new ProbeCompletion[MostPerTurn];
    private readonly long _start;
    private HostList? _newHosts;
    private Exception? _noMoreHosts;
    private bool _hasHosts;
    private long? _reported;
    private HealthReport? _last;
    private TimeSpan _nextReport;
    private long _missedTimes;
    private long _loggedInconclusive;

    public ProbeLoop(string observer, ProbeTiming timing, ProbeSettings settings, IProbeEngine engine, ProbeStatistics statistics, ProbeMeters meters, TimeProvider time, ILogger logger, NetworkSelfCheck? selfCheck = null)
    {
        _selfCheck = selfCheck;
        _observer = observer;
        _engine = engine;
        _statistics = statistics;
        _meters = meters;
        _time = time;
        _logger = logger;
        _journal = new ProbeJournal(statistics, meters, engine.TakesCancellations);
        _core = new ProbeCore(timing, settings.Fall, settings.Rise, _journal, new Random());
        _start = time.GetTimestamp();
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public async Task RunAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pump = PumpHostsAsync(hosts, ended.Token);
        try
        {
            using var waking = stopping.UnsafeRegister(static engine => ((IProbeEngine)engine!).Wake(), _engine);
            TimeSpan? planned = null;
            while (!stopping.IsCancellationRequested)
            {
                planned = Turn(planned, reports);
                await _engine.WaitAsync(planned - _clock.At(Elapsed)).ConfigureAwait(false);
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
        }

        stopping.ThrowIfCancellationRequested();
    }

    private async Task PumpHostsAsync(ChannelReader<HostList> hosts, CancellationToken ended)
    {
        try
        {
            await foreach (var list in hosts.ReadAllAsync(ended).ConfigureAwait(false))
            {
                Volatile.Write(ref _newHosts, list);
                _engine.Wake();
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // Without new lists the monitor would go on with a stale one for ever; ending the loop has the host restart it.
            Volatile.Write(ref _noMoreHosts, e);
            _engine.Wake();
        }
    }

    /// <returns>When the next turn is due at the latest.</returns>
    private TimeSpan? Turn(TimeSpan? planned, ChannelWriter<HealthReport> reports)
    {
        if (Volatile.Read(ref _noMoreHosts) is { } broken)
            throw new ChannelClosedException("The channel of host lists broke.", broken);
        var sent = 0;
        if (_clock.At(Elapsed) - planned is { Ticks: > 0 } late)
            _meters.SweepLag(late);
        var now = Look(planned, out var isPrompt);
        while (true)
        {
            int count;
            lock (_statistics.Gate)
            {
                TakeHosts(now);
                ReceiveAll(now, isPrompt);
                count = _core.Attend(now, _requests);
                _statistics.Roll();
            }

            Cancel();
            _engine.Send(_requests.AsSpan(0, count));
            sent += count;
            // Once more after the last batch: a near host has answered by then, which saves the wait its cost.
            if (count == 0 || sent >= MostPerTurn)
                break;
            now = Look(now, out isPrompt);
        }

        CheckSelf(now);
        Tell();
        Report(reports, now);
        return NextTurn(now, isBehind: sent >= MostPerTurn);
    }

    /// <param name="planned">When this look was due at the latest.</param>
    /// <param name="isPrompt">False when nobody could look for a while, so that it's unknown when things came in.</param>
    private TimeSpan Look(TimeSpan? planned, out bool isPrompt)
    {
        var elapsed = Elapsed;
        var now = _clock.Look(elapsed, planned, out var missed);
        isPrompt = missed == TimeSpan.Zero;
        if (!isPrompt)
        {
            _core.Stalled(now, missed);
            if (_missedTimes++ % LogEvery == 0 || missed >= WorthALine)
                LogMissed(_observer, missed.TotalMilliseconds, _missedTimes);
        }

        return now;
    }

    private void TakeHosts(TimeSpan now)
    {
        if (Interlocked.Exchange(ref _newHosts, null) is not { } hosts)
            return;
        _hasHosts = true;
        _hosts = hosts;
        _core.SetHosts(hosts, now);
    }

    private void ReceiveAll(TimeSpan now, bool isPrompt)
    {
        int count;
        do
        {
            count = _engine.Receive(_completions);
            _core.Complete(_completions.AsSpan(0, count), now, isPrompt);
        }
        while (count == _completions.Length);
    }

    private void Cancel()
    {
        if (_journal.Abandoned.IsEmpty)
            return;
        _engine.Cancel(_journal.Abandoned);
        _journal.ClearAbandoned();
    }

    private void Tell()
    {
        if (_isBlind)
            _journal.ClearVerdicts();
        foreach (var (host, failed, reason) in _journal.Verdicts)
        {
            if (failed)
                LogFailed(host, _observer, reason);
            else
                LogBack(host, _observer);
        }

        if (_journal.UnnamedFailed + _journal.UnnamedBack > 0)
            LogMore(_journal.UnnamedFailed, _journal.UnnamedBack, _observer);
        if (_journal.LastInconclusive is { } last && (_loggedInconclusive == 0 || _journal.Inconclusive - _loggedInconclusive >= LogEvery))
        {
            _loggedInconclusive = _journal.Inconclusive;
            LogInconclusive(last.Host, _observer, last.Reason, _journal.Inconclusive);
        }

        _journal.Clear();
    }

    private bool WantsReport => _hasHosts && !_isBlind && (_reported is { } version ? version != _core.Version : _core.IsDecided);

    private void Report(ChannelWriter<HealthReport> reports, TimeSpan now)
    {
        if (!WantsReport || now < _nextReport)
            return;
        _reported = _core.Version;
        _nextReport = now + (_core.FailedCount * PausePerReportedHost);
        var report = new HealthReport(_core.Failed, [], _time.GetUtcNow(), _observer);
        // Found out anew after blindness, it may be what stands already.
        if (_last?.SaysTheSameAs(report) == true)
            return;
        _last = report;
        reports.TryWrite(report);
    }

    private TimeSpan? NextTurn(TimeSpan now, bool isBehind)
    {
        var next = isBehind ? now + TurnPause : _core.Next;
        if (_isBlind && (next is null || _nextSelfCheck < next))
            next = _nextSelfCheck;
        return WantsReport && (next is null || _nextReport < next) ? _nextReport : next;
    }
}
