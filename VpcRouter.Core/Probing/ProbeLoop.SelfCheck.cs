using VpcRouter.RouteSpecs;

namespace VpcRouter.Probing;

/// <summary>
/// Before anybody is called failed, the loop asks whether this machine itself has lost its network. While it has, nothing is reported and
/// the last report stays in force. Once it is over, what was found out meanwhile is forgotten, and a report comes when every host has been
/// decided anew: without that, hosts would count as failed that nobody could have reached.
/// </summary>
internal sealed partial class ProbeLoop
{
    /// <summary>How long "not blind" is taken for granted; in less no host can be lost.</summary>
    private static readonly TimeSpan TrustTime = ProbeCore.FastestPace;

    private static readonly TimeSpan BlindRecheck = TimeSpan.FromSeconds(1);

    private readonly NetworkSelfCheck? _selfCheck;
    private HostList _hosts = HostList.Empty;
    private TimeSpan _nextSelfCheck;
    private bool _isBlind;
    private volatile string? _problem;

    /// <summary>Why nobody can be probed; <see langword="null"/> while they can. Thread-safe.</summary>
    public string? Problem => _problem;

    private void CheckSelf(TimeSpan now)
    {
        if (_selfCheck is null || now < _nextSelfCheck || !(_isBlind || _journal.HasFailures))
            return;
        var isBlind = _selfCheck.IsBlind(_hosts);
        _nextSelfCheck = now + (isBlind ? BlindRecheck : TrustTime);
        if (isBlind == _isBlind)
            return;
        _isBlind = isBlind;
        if (isBlind)
        {
            _problem = $"blind: this machine has no link or no route to any of the {_hosts.Count} hosts since {_time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC; nobody is called failed for that, and the last report stays in force";
            LogBlind(_observer, _hosts.Count);
            return;
        }

        _problem = null;
        LogSeesAgain(_observer);
        Forget(now);
    }

    private void Forget(TimeSpan now)
    {
        lock (_statistics.Gate)
        {
            _core.SetHosts(HostList.Empty, now);
            _core.SetHosts(_hosts, now);
        }

        _reported = null;
    }
}
