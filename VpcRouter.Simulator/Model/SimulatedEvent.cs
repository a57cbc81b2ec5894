namespace VpcRouter.Simulator.Model;

/// <summary>An event that EC2 shows as scheduled for an instance. Nothing happens by itself when its time comes. Immutable.</summary>
/// <param name="Code">EC2's code: <c>instance-reboot</c>, <c>instance-retirement</c>, <c>instance-stop</c>, <c>system-maintenance</c> or <c>system-reboot</c>.</param>
public sealed record SimulatedEvent(string Code)
{
    /// <summary>How it stands. Default: ahead.</summary>
    public EventOutcome Outcome { get; init; }

    /// <summary>How long after it was announced it is to begin. Default: 14 days, which is how early Amazon announces retirements.</summary>
    public TimeSpan Notice { get; init; } = TimeSpan.FromDays(14);

    internal static string[] Codes { get; } = ["instance-reboot", "instance-retirement", "instance-stop", "system-maintenance", "system-reboot"];

    internal static SimulatedEvent Retirement { get; } = new("instance-retirement");

    /// <summary>EC2 has no field for the outcome and puts it before the description.</summary>
    internal string Description => (Outcome == EventOutcome.Ahead ? "" : $"[{Outcome}] ") + Code switch
    {
        "instance-retirement" or "instance-stop" => "The instance is running on degraded hardware",
        "instance-reboot" => "The instance is scheduled for a reboot",
        _ => "The host of the instance is scheduled for maintenance",
    };
}
