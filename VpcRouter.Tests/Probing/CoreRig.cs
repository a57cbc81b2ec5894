using System.Net;
using VpcRouter.Probing;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Probing;

/// <summary>The core with a network whose every packet the test decides on, turned millisecond by millisecond as the loop does it.</summary>
internal sealed class CoreRig : IProbeObserver
{
    private readonly AttentiveClock _clock = new();
    private readonly PriorityQueue<SentProbe, TimeSpan> _underWay = new();
    private readonly ProbeRequest[] _requests = new ProbeRequest[16];
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<string, int> _lives = [];
    private readonly Dictionary<string, int> _sentTo = [];
    private TimeSpan _trueTime;
    private SentProbe? _abandonedLast;

    public CoreRig(int intervalMilliseconds = 2000, int? timeoutMilliseconds = null, int fall = 2, int rise = 2)
    {
        var timeout = timeoutMilliseconds is { } given ? TimeSpan.FromMilliseconds(given) : (TimeSpan?)null;
        Timing = ProbeTiming.Of(TimeSpan.FromMilliseconds(intervalMilliseconds), timeout);
        Core = new ProbeCore(Timing, fall, rise, this, new Random(1));
    }

    public ProbeTiming Timing { get; }

    public ProbeCore Core { get; }

    public TimeSpan Now { get; private set; }

    /// <summary>Decides on a probe, by host and how many were sent to it before.</summary>
    public Func<string, int, Fate> Network { get; set; } = (_, _) => Fate.Answer(1);

    public List<SentProbe> Sent { get; } = [];

    public List<(TimeSpan At, string Host, bool Failed, string Reason)> Verdicts { get; } = [];

    public List<(string Host, TimeSpan? RoundTrip)> Answers { get; } = [];

    /// <summary>How long each verdict that a host has failed took.</summary>
    public List<TimeSpan> Detections { get; } = [];

    public List<string> Failures { get; } = [];

    public List<string> Troubles { get; } = [];

    public List<ulong> Abandoned { get; } = [];

    public Action<string, bool>? OnVerdict { get; set; }

    public IEnumerable<int> SentTimes(string host) => Sent.Where(probe => probe.Host == host).Select(probe => (int)probe.SentAt.TotalMilliseconds);

    public void Give(params IEnumerable<string> hosts) => Core.SetHosts(new HostList(hosts.Select(IPAddress.Parse)), Now);

    public void Run(int milliseconds)
    {
        for (var i = 0; i < milliseconds; i++)
        {
            _trueTime += TimeSpan.FromMilliseconds(1);
            Turn();
        }
    }

    /// <summary>The process stands still while the network goes on.</summary>
    public void StandStill(int milliseconds, bool answersGetLost = false)
    {
        _trueTime += TimeSpan.FromMilliseconds(milliseconds);
        while (answersGetLost && _underWay.TryPeek(out _, out var at) && at <= _trueTime)
            _underWay.Dequeue();
        Turn();
    }

    public void HostAdded(int host, IPAddress address)
    {
        _names[host] = address.ToString();
        _lives[_names[host]] = _lives.GetValueOrDefault(_names[host]) + 1;
    }

    public void HostRemoved(int host) => _names.Remove(host);

    public void ProbeSent(int host)
    {
    }

    public void ProbeAnswered(int host, TimeSpan? roundTrip) => Answers.Add((_names[host], roundTrip));

    public void ProbeFailed(int host)
    {
        Failures.Add(_names[host]);
        _abandonedLast?.IsMissed = false;
    }

    public void ProbeInconclusive(int host, string reason) => Troubles.Add(_names[host]);

    public void ProbeAbandoned(ulong number)
    {
        Abandoned.Add(number);
        // A failure is told of next, unless the deadline was missed.
        _abandonedLast = Sent.Last(probe => probe.Request.Number == number);
        _abandonedLast.IsMissed = true;
    }

    public void HostFailed(int host, string reason, TimeSpan took)
    {
        Detections.Add(took);
        Verdict(host, true, reason);
    }


    public void HostBack(int host) => Verdict(host, false, "");

    public int LifeOf(string host) => _lives.GetValueOrDefault(host);

    private void Verdict(int host, bool failed, string reason)
    {
        Verdicts.Add((Now, _names[host], failed, reason));
        OnVerdict?.Invoke(_names[host], failed);
    }

    private void Turn()
    {
        Now = _clock.Look(_trueTime, Core.Next, out var missed);
        if (missed > TimeSpan.Zero)
            Core.Stalled(Now, missed);
        while (_underWay.TryPeek(out var probe, out var at) && at <= _trueTime)
        {
            _underWay.Dequeue();
            _abandonedLast = null;
            probe.IsDelivered = !Abandoned.Contains(probe.Request.Number);
            Core.Complete([new ProbeCompletion(probe.Request.Host, probe.Request.Number, probe.Fate.Outcome, null, "refused")], Now, missed == TimeSpan.Zero);
        }

        int count;
        do
        {
            count = Core.Attend(Now, _requests);
            foreach (var request in _requests.AsSpan(0, count))
                Send(request);
        }
        while (count == _requests.Length);
    }

    private void Send(ProbeRequest request)
    {
        var host = request.Address.ToString();
        var nth = _sentTo.GetValueOrDefault(host);
        _sentTo[host] = nth + 1;
        var probe = new SentProbe(request, _lives[host], Now, _trueTime, Network(host, nth));
        Sent.Add(probe);
        if (probe.Fate.After is not null)
            _underWay.Enqueue(probe, probe.ArrivesAt);
    }
}
