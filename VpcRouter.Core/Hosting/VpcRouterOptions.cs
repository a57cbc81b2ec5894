using System.ComponentModel.DataAnnotations;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Hosting;

/// <summary>The router's own settings.</summary>
public sealed class VpcRouterOptions
{
    /// <summary>The AWS region. Default: from instance metadata.</summary>
    [Setting("region", "AWS region (default: from instance metadata)", ShortName = "r", ValueName = "REGION")]
    [RegularExpression("[a-z]{2,}(-[a-z]+)+-[0-9]+", ErrorMessage = "is not an AWS region; give for example us-east-1")]
    public string? Region { get; set; }

    /// <summary>The VPC. Default: from instance metadata.</summary>
    [Setting("vpc", "id of the VPC (default: from instance metadata)", ShortName = "v", ValueName = "VPC")]
    [RegularExpression("vpc-[0-9a-f]+", ErrorMessage = "is not the id of a VPC; give for example vpc-350d6a51")]
    public string? VpcId { get; set; }

    /// <summary>An EC2 endpoint other than Amazon's. Default: Amazon's, for the region.</summary>
    [Setting("endpoint-url", "EC2 endpoint other than Amazon's: the simulator, LocalStack", ValueName = "URL")]
    [RegularExpression("https?://[A-Za-z0-9._~:\\[\\]-]+(/.*)?", ErrorMessage = "is not a URL; give for example http://127.0.0.1:4599")]
    public string? EndpointUrl { get; set; }

    /// <summary>Destinations whose routes are left alone. Default: none.</summary>
    [Setting("ignore-routes", "comma-separated CIDRs or addresses whose routes are left alone", ValueName = "CIDRS")]
    public CidrList IgnoreRoutes { get; set; } = CidrList.Empty;

    /// <summary>The only destinations that are managed. Default: everything.</summary>
    [Setting("managed-cidrs", "comma-separated CIDRs: only routes in them are managed (default: everything)", ValueName = "CIDRS")]
    public CidrList ManagedCidrs { get; set; } = CidrList.Empty;

    /// <summary>Time between looks at the whole VPC: 0 (never) or at least 5 s. Default: 30 s.</summary>
    [Setting("route-recheck-interval", "seconds between looks at the VPC; 0 (never) or at least 5", ValueName = "SECONDS")]
    [SecondsRange(5, 86400, OrZero = true)]
    public TimeSpan RouteRecheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for the first health report before anything is written: 0 to 3600 s. Default: 10 s.</summary>
    [Setting("initial-health-timeout", "seconds to wait for the first health report before writing anything", ValueName = "SECONDS")]
    [SecondsRange(0, 3600)]
    public TimeSpan InitialHealthTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether <c>{}</c> is carried out, which deletes every managed route. Default: false.</summary>
    [Setting("allow-empty-spec", "carry out an empty route spec, which deletes every managed route")]
    public bool AllowEmptySpec { get; set; }

    /// <summary>How many writes of one API action may go at once after a pause: 1 to 10,000. Default: 50, as EC2's bucket holds.</summary>
    [Setting("write-burst", "writes of one API action that may go at once after a pause; EC2's bucket holds 50", ValueName = "N")]
    [Range(1, 10_000, ErrorMessage = "is not a number of writes from 1 to 10000; EC2's own is 50")]
    public int WriteBurst { get; set; } = 50;

    /// <summary>How many writes of one API action go per second after that: 0.1 to 10,000. Default: 5, as EC2's bucket refills.</summary>
    [Setting("write-rate", "writes of one API action per second after that; EC2's bucket refills 5 a second", ValueName = "N")]
    [Range(0.1, 10_000, ErrorMessage = "is not a number of writes per second from 0.1 to 10000; EC2's own is 5")]
    public double WriteRate { get; set; } = 5;

    /// <summary>How many writes of one API action may be under way at once: 1 to 1,000. Default: 32.</summary>
    [Setting("write-concurrency", "writes of one API action that may be under way at once", ValueName = "N")]
    [Range(1, 1000, ErrorMessage = "is not a number of writes from 1 to 1000")]
    public int WriteConcurrency { get; set; } = 32;

    /// <summary>How many routes one plan may delete; with more it deletes none. Default: half of the managed routes, 10 always.</summary>
    [Setting("max-deletes", "most routes deleted at once, else none is: a number, or a share of the managed routes, which always allows 10", ValueName = "LIMIT")]
    public DeleteLimit MaxDeletes { get; set; } = DeleteLimit.Default;

    /// <summary>The share of hosts that may fail within the panic window before the monitor is suspected. Default: none, the monitor is always believed.</summary>
    [Setting("panic-threshold", "share of hosts (50%): when more fail within --panic-window, the monitor is suspected and no route moves on its word (default: off)", ValueName = "SHARE")]
    public Percentage? PanicThreshold { get; set; }

    /// <summary>How close together failures must be for a panic, and how long it lasts at most after the last of them: 1 to 3600 s. Default: 10 s.</summary>
    [Setting("panic-window", "seconds: how close together failures are a panic, and how long it lasts at most after the last", ValueName = "SECONDS")]
    [SecondsRange(1, 3600)]
    public TimeSpan PanicWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The folder for what must survive a restart. Default: <c>$STATE_DIRECTORY</c>, else <c>vpcrouter</c> in the user's state folder.</summary>
    [Setting("state-dir", "folder for what must survive a restart (default: $STATE_DIRECTORY, else ~/.local/state/vpcrouter)", ValueName = "FOLDER")]
    public string? StateDirectory { get; set; }

    /// <summary>The file to which decisions, writes and verdicts are appended, a line of JSON each. Default: none.</summary>
    [Setting("journal", "file to which every decision and write is appended as a line of JSON", ValueName = "FILE")]
    public string? Journal { get; set; }

    /// <summary>The size in MiB at which the journal is set aside and begun anew: 1 to 65,536. Default: 64.</summary>
    [Setting("journal-size", "MiB after which the journal is set aside as FILE.1 and begun anew", ValueName = "MIB")]
    [Range(1, 65_536, ErrorMessage = "is not a size from 1 to 65536 MiB")]
    public int JournalSize { get; set; } = 64;

    /// <summary>How many journals set aside are kept: 1 to 1,000. Default: 5.</summary>
    [Setting("journal-files", "how many journals set aside are kept", ValueName = "N")]
    [Range(1, 1000, ErrorMessage = "is not a number of files from 1 to 1000")]
    public int JournalFiles { get; set; } = 5;

    /// <summary>Whether changes are only planned and logged. Default: false.</summary>
    [Setting("dry-run", "plan and log, but write nothing")]
    public bool DryRun { get; set; }

    internal WriteLimits WriteLimits => new() { Burst = WriteBurst, PerSecond = WriteRate, Concurrency = WriteConcurrency };
}
