namespace VpcRouter.Vpc;

/// <summary>Something that the cloud will do to an instance. Immutable.</summary>
/// <param name="Code">EC2's code, for example <c>instance-retirement</c>, <c>instance-stop</c>, <c>system-maintenance</c>.</param>
/// <param name="Description">What EC2 says about it.</param>
/// <param name="NotBefore">The earliest time at which it begins, if EC2 names one.</param>
public sealed record ScheduledEvent(string Code, string Description, DateTimeOffset? NotBefore)
{
    /// <summary>Whether it was completed or cancelled; EC2 goes on showing such events for up to a week.</summary>
    public bool IsOver { get; init; }
}
