namespace VpcRouter.Simulator.Model;

/// <summary>What a simulated host can be told to be.</summary>
public enum HostState
{
    /// <summary>The instance runs and the host answers probes. Revives a stopped host, but never a terminated one.</summary>
    Alive,

    /// <summary>The host stops answering probes while EC2 goes on reporting its instance as it was.</summary>
    Dead,

    /// <summary>EC2 reports <c>stopping</c> until the host is told otherwise; its routes stay active though nothing gets through.</summary>
    Stopping,

    /// <summary>EC2 reports <c>stopped</c>; routes to the host are blackholes.</summary>
    Stopped,

    /// <summary>EC2 reports <c>terminated</c>; the network interface is gone and routes to it are blackholes. Final but for <see cref="Replaced"/>.</summary>
    Terminated,

    /// <summary>
    /// The instance is terminated and another one, with other network interfaces, takes over its addresses and answers; all hosts of the
    /// instance go along. Routes to the old interfaces are blackholes. Brings a terminated host back, which nothing else does.
    /// </summary>
    Replaced,

    /// <summary>
    /// The network interface is detached from its instance: it keeps its addresses, answers nothing, and routes to it are blackholes.
    /// <see cref="Alive"/> attaches it again. Unlike EC2, the simulator detaches primary interfaces too.
    /// </summary>
    Detached,
}
