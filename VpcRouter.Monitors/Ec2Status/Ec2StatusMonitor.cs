using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.Probing;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Monitors.Ec2Status;

/// <summary>
/// A host is what EC2 says of its instance. It polls; polls never overlap, and run beside the loop that owns all state. While EC2 doesn't
/// answer, its last word stays in force.
/// </summary>
internal sealed partial class Ec2StatusMonitor : IMonitorPlugin, IPluginStatistics, IPluginCondition
{
    private const string OwnName = "ec2status";

    /// <summary>How many polls in a row must fail before readiness says so; one that is lost now and then is nobody's concern.</summary>
    private const int FailuresThatMatter = 3;

    private readonly Ec2StatusSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ProbeMeters _meters;
    private readonly HostPoll _hostPoll;
    private readonly HostTable _table = new();
    private readonly HealthTracker _tracker;
    private readonly Ec2StatusStatistics _statistics = new();
    private readonly Channel<Ec2StatusEvent> _events = Channel.CreateUnbounded<Ec2StatusEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<IPAddress> _questionable = [];
    private readonly long _start;
    private HostList? _hosts;
    private HostList _asked = HostList.Empty;
    private HealthReport? _last;
    private Task _poll = Task.CompletedTask;
    private bool _isPolling;
    private TimeSpan _pollBegan;
    private TimeSpan? _due;
    private int _failures;
    private bool _isThrottled;
    private int _stale;
    private volatile string? _problem;

    public Ec2StatusMonitor(Ec2StatusSettings settings, IInstanceStatusApi api, TimeProvider time, ILogger<Ec2StatusMonitor> logger, IMeterFactory? meters = null)
    {
        _settings = settings;
        _time = time;
        _logger = logger;
        _meters = new ProbeMeters(OwnName, meters);
        _hostPoll = new HostPoll(api);
        _tracker = new HealthTracker(settings.Fall, settings.Rise);
        _start = time.GetTimestamp();
    }

    public string? Problem => _problem;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public IReadOnlyDictionary<string, object?> GetStatistics() => _statistics.Get();

    public async Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = _time.CreateTimer(static state => ((ChannelWriter<Ec2StatusEvent>)state!).TryWrite(default), _events.Writer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var pump = HostPump.RunAsync(hosts, _events.Writer, list => new Ec2StatusEvent(list, null, null), ended.Token);
        try
        {
            while (await _events.Reader.WaitToReadAsync(stopping).ConfigureAwait(false))
            {
                while (_events.Reader.TryRead(out var happened))
                    Handle(happened);
                Report(reports);
                if (!_isPolling && _due <= Now)
                    Begin(ended.Token);
                Arm(timer);
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
            await _poll.ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Handle(Ec2StatusEvent happened)
    {
        if (happened.Hosts is { } hosts)
            SetHosts(hosts);
        else if (happened.Result is { } result)
            Succeed(result);
        else if (happened.Failure is { } failure)
            Fail(failure);
    }

    private void SetHosts(HostList hosts)
    {
        _hosts = hosts;
        foreach (var gone in _table.NotIn(hosts))
        {
            _tracker.Remove(gone);
            _table.Remove(gone);
        }

        foreach (var added in hosts.Where(host => !_table.TryGet(host, out _)))
            _tracker.Add(_table.Add(added));
        _questionable.RemoveWhere(host => !hosts.Contains(host));
        if (!_isPolling)
            _due = NextPoll();
    }

    private void Begin(CancellationToken ended)
    {
        _isPolling = true;
        _due = null;
        _pollBegan = Now;
        _asked = _hosts!;
        _poll = PollAsync(_asked, ended);
    }

    /// <summary>Polls once and hands the outcome to the loop. Never faults.</summary>
    private async Task PollAsync(HostList hosts, CancellationToken ended)
    {
        using var deadline = new CancellationTokenSource(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ended);
        Ec2StatusEvent outcome;
        try
        {
            outcome = new Ec2StatusEvent(null, await _hostPoll.RunAsync(hosts, either.Token).ConfigureAwait(false), null);
        }
        catch (Exception e)
        {
            outcome = new Ec2StatusEvent(null, null, AsFailure(e, deadline.IsCancellationRequested));
        }

        _events.Writer.TryWrite(outcome);
    }

    private VpcApiException AsFailure(Exception e, bool tooLate) => e switch
    {
        VpcApiException failure => failure,
        OperationCanceledException when tooLate => new VpcApiException(VpcApiErrorKind.Unavailable, "Timeout", $"the poll wasn't through after {_settings.Timeout.TotalSeconds} s (--ec2-status-timeout)", e),
        _ => new VpcApiException(VpcApiErrorKind.Unavailable, e.GetType().Name, e.Message, e),
    };

    private void Succeed(PollResult result)
    {
        var took = Now - _pollBegan;
        _statistics.Succeeded(result, _time.GetUtcNow(), took);
        _meters.Count(probes: 1, failures: 0);
        _meters.RoundTrip(took);
        if (_failures > 0)
            LogAnswersAgain(_failures);
        _failures = 0;
        _problem = null;
        _stale = result.StaleBecause is null ? 0 : _stale + 1;
        if (result.StaleBecause is { } why && PollPace.IsWorthALine(_stale))
            LogInterfacesStale(why.Code, why.Message, _stale);
        foreach (var (host, verdict) in result.Verdicts)
        {
            if (_table.TryGet(host, out var index))
                Record(host, index, verdict);
        }

        _isThrottled = false;
        End();
    }

    private void Record(IPAddress host, int index, HostVerdict verdict)
    {
        if (_tracker.Record(index, verdict.State != HealthState.Failed))
        {
            if (_tracker.IsFailed(index))
                LogFailed(host, verdict.Reason);
            else
                LogBack(host);
        }

        if (verdict.State != HealthState.Questionable)
            _questionable.Remove(host);
        else if (_questionable.Add(host))
            LogQuestionable(host, verdict.Reason);
    }

    private void Fail(VpcApiException failure)
    {
        _failures++;
        _statistics.Failed($"{failure.Code}: {failure.Message}");
        _meters.Count(probes: 1, failures: 1);
        if (_failures >= FailuresThatMatter)
            _problem = $"EC2 could not be asked for the states of the hosts' instances, {_failures} times in a row: {failure.Code}: {failure.Message}";
        _isThrottled = failure.Kind == VpcApiErrorKind.Throttled;
        if (PollPace.IsWorthALine(_failures))
            LogPollFailed(failure.Code, failure.Message, _failures, PollPace.After(_settings.Interval, _failures, _isThrottled).TotalSeconds);
        End();
    }

    private void End()
    {
        _isPolling = false;
        _due = NextPoll();
    }

    /// <summary>An interval after the last poll, or as soon as may be when a host has not been asked about and EC2 didn't ask for patience.</summary>
    private TimeSpan? NextPoll()
    {
        if (_hosts is not { Count: > 0 } hosts)
            return null;
        if (_asked.Count == 0)
            return Now;
        if (_isThrottled)
            return _pollBegan + PollPace.After(_settings.Interval, _failures, _isThrottled);
        var isAllAsked = hosts.All(_asked.Contains);
        return _pollBegan + (isAllAsked || _settings.Interval < PollPace.ShortestGap ? _settings.Interval : PollPace.ShortestGap);
    }

    private void Report(ChannelWriter<HealthReport> reports)
    {
        if (_hosts is null || (_last is null && !_tracker.IsDecided))
            return;
        var report = new HealthReport(_tracker.Failed.Select(index => _table[index]), _questionable, _time.GetUtcNow(), OwnName);
        if (_last?.SaysTheSameAs(report) == true)
            return;
        _last = report;
        reports.TryWrite(report);
    }

    private void Arm(ITimer timer)
    {
        var wait = _due - Now;
        // Timers cut fractions of a millisecond off; rounding down would have the loop spin through the last one.
        timer.Change(wait is null || _isPolling ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.Value.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
