namespace VpcRouter.Monitors.Ec2Status;

/// <summary>When to poll again. Pure.</summary>
internal static class PollPace
{
    /// <summary>The least time between the beginnings of two polls, however often the host list changes.</summary>
    public static readonly TimeSpan ShortestGap = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(60);

    /// <summary>The time from one poll's beginning to the next one's. Only throttling asks for patience; other failures may be over any moment.</summary>
    public static TimeSpan After(TimeSpan interval, int failures, bool throttled)
    {
        if (failures == 0 || !throttled)
            return interval;
        var backOff = interval * Math.Pow(2, Math.Min(failures, 10));
        var longest = interval > LongestBackOff ? interval : LongestBackOff;
        return backOff < longest ? backOff : longest;
    }

    /// <summary>Whether a failure that repeats is worth a line: the first is, then every tenth.</summary>
    public static bool IsWorthALine(int failures) => failures % 10 == 1;
}
