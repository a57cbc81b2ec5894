using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Topologies;

namespace VpcRouter.Simulator;

/// <summary>How to run a simulator. Every setting has a default that works.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Where to serve EC2, instance metadata and control. A loopback address; port 0, the default, takes any free port.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The VPC to simulate. Default: <see cref="SimulatorTopology.Default"/>.</summary>
    public SimulatorTopology Topology { get; init; } = SimulatorTopology.Default;

    /// <summary>
    /// The TCP port on which hosts answer probes. Null, the default, takes the topology's (which may have none); 0 takes any port
    /// that is free on all hosts' addresses; another number is taken as it is.
    /// </summary>
    [Range(0, 65535)]
    public int? ProbePort { get; init; }

    /// <summary>The faults in force from the start. Default: none.</summary>
    public SimulatorFaults Faults { get; init; } = SimulatorFaults.None;

    /// <summary>How long instances stay pending, stopping or shutting-down after an EC2 call. Default 1 s; zero passes at once.</summary>
    public TimeSpan TransitionTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many of the newest calls are kept. Default 10,000; at least 1.</summary>
    [Range(1, int.MaxValue)]
    public int CallLogCapacity { get; init; } = 10_000;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where log lines go. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Checks the settings before anything is opened.</summary>
    /// <exception cref="ArgumentException">Names every setting that is wrong, its value and the remedy.</exception>
    internal void Validate()
    {
        var errors = new List<string>();
        if (!IPAddress.IsLoopback(Listen.Address))
        {
            errors.Add($"{nameof(Listen)} '{Listen}' is no loopback address: the simulator checks no credentials; "
                + "use 127.0.0.1 or another address of 127.0.0.0/8, or ::1");
        }

        if (ProbePort is < 0 or > 65535)
            errors.Add($"{nameof(ProbePort)} '{ProbePort}' is no port; use 0 to 65535");
        if (TransitionTime < TimeSpan.Zero)
            errors.Add($"{nameof(TransitionTime)} '{TransitionTime}' is negative; use zero or more");
        if (CallLogCapacity < 1)
            errors.Add($"{nameof(CallLogCapacity)} '{CallLogCapacity}' keeps nothing; use 1 or more");
        if (errors.Count > 0)
            throw new ArgumentException(string.Join("; ", errors));
    }
}
