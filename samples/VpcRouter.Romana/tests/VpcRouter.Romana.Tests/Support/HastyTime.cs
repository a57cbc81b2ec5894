namespace VpcRouter.Romana.Tests.Support;

/// <summary>Time whose timers run as everywhere, and by whose stopwatch a thousand times as much has passed.</summary>
internal sealed class HastyTime : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency / 1000;
}
