namespace VpcRouter.Hosting;

/// <summary>How long to wait after failures in a row: 1 s, then twice as long each time, up to 30 s.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static TimeSpan After(int failures)
    {
        var delay = First * Math.Pow(2, Math.Clamp(failures - 1, 0, 10));
        return delay < Longest ? delay : Longest;
    }

    /// <summary>Whether a failure that repeats is worth a line: the first is, then every tenth.</summary>
    public static bool IsWorthALine(int failures) => failures % 10 == 1;
}
