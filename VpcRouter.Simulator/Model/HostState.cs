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

    /// <summary>EC2 reports <c>terminated</c>; the network interface is gone and routes to it are blackholes. Final.</summary>
    Terminated,
}
