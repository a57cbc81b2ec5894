using System.Net;

namespace VpcRouter.Probing;

/// <summary>Gathers what happened during one turn of the loop, to be told when the turn is over; keeps statistics and meters. Not thread-safe.</summary>
/// <param name="statistics">The figures for the status page.</param>
/// <param name="meters">The instruments.</param>
/// <param name="keepAbandoned">Whether anybody wants to know of abandoned probes.</param>
internal sealed class ProbeJournal(ProbeStatistics statistics, ProbeMeters meters, bool keepAbandoned) : IProbeObserver
{
    /// <summary>How many verdicts of one turn are named one by one.</summary>
    private const int NamedVerdicts = 100;

    private readonly List<ulong> _abandoned = [];
    private readonly List<(IPAddress Host, bool Failed, string Reason)> _verdicts = [];
    private readonly List<TimeSpan> _detections = [];
    private IPAddress[] _addresses = [];
    private long _sent;
    private long _failed;

    public IReadOnlyList<(IPAddress Host, bool Failed, string Reason)> Verdicts => _verdicts;

    public int UnnamedFailed { get; private set; }

    public int UnnamedBack { get; private set; }

    /// <summary>Whether a host has failed in this turn.</summary>
    public bool HasFailures => UnnamedFailed > 0 || _verdicts.Exists(verdict => verdict.Failed);

    /// <summary>Probes that could not be made, since the start.</summary>
    public long Inconclusive { get; private set; }

    /// <summary>The newest of those; <see langword="null"/> when there was none in this turn.</summary>
    public (IPAddress Host, string Reason)? LastInconclusive { get; private set; }

    public ReadOnlySpan<ulong> Abandoned => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_abandoned);

    /// <summary>Ends the turn.</summary>
    public void Clear()
    {
        meters.Count(_sent, _failed);
        foreach (var took in _detections)
            meters.Detection(took);
        (_sent, _failed, LastInconclusive) = (0, 0, null);
        ClearVerdicts();
    }

    /// <summary>Takes back the verdicts of this turn.</summary>
    public void ClearVerdicts()
    {
        (UnnamedFailed, UnnamedBack) = (0, 0);
        _verdicts.Clear();
        _detections.Clear();
    }

    public void ClearAbandoned() => _abandoned.Clear();

    public void HostAdded(int host, IPAddress address)
    {
        if (host >= _addresses.Length)
            Array.Resize(ref _addresses, Math.Max(host + 1, _addresses.Length * 2));
        _addresses[host] = address;
        statistics.Add(host, address);
    }

    public void HostRemoved(int host) => statistics.Remove(host);

    public void ProbeSent(int host)
    {
        _sent++;
        statistics.Sent();
    }

    public void ProbeAnswered(int host, TimeSpan? roundTrip)
    {
        statistics.Answered(host, roundTrip);
        if (roundTrip is { } took)
            meters.RoundTrip(took);
    }

    public void ProbeFailed(int host)
    {
        _failed++;
        statistics.Unanswered(host);
    }

    public void ProbeInconclusive(int host, string reason)
    {
        Inconclusive++;
        LastInconclusive = (_addresses[host], reason);
    }

    public void ProbeAbandoned(ulong number)
    {
        if (keepAbandoned)
            _abandoned.Add(number);
    }

    public void HostFailed(int host, string reason, TimeSpan took)
    {
        _detections.Add(took);
        if (_verdicts.Count < NamedVerdicts)
            _verdicts.Add((_addresses[host], true, reason));
        else
            UnnamedFailed++;
    }

    public void HostBack(int host)
    {
        if (_verdicts.Count < NamedVerdicts)
            _verdicts.Add((_addresses[host], false, ""));
        else
            UnnamedBack++;
    }
}
