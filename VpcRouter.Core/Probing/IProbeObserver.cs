using System.Net;

namespace VpcRouter.Probing;

/// <summary>Is told what happens to probes and hosts, while it happens.</summary>
internal interface IProbeObserver
{
    void HostAdded(int host, IPAddress address);

    void HostRemoved(int host);

    void ProbeSent(int host);

    /// <param name="host">The host.</param>
    /// <param name="roundTrip">How long it took; <see langword="null"/> when nobody could look while it came in.</param>
    void ProbeAnswered(int host, TimeSpan? roundTrip);

    /// <summary>The deadline passed, or the host refused.</summary>
    void ProbeFailed(int host);

    /// <summary>The prober was in trouble.</summary>
    void ProbeInconclusive(int host, string reason);

    /// <summary>Nobody waits for this probe any more.</summary>
    void ProbeAbandoned(ulong number);

    /// <param name="host">The host.</param>
    /// <param name="reason">What became of the last probe.</param>
    /// <param name="took">How long it is since the first probe of the run that failed was sent.</param>
    void HostFailed(int host, string reason, TimeSpan took);

    void HostBack(int host);
}
