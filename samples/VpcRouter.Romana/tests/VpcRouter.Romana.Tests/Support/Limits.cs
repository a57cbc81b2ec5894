namespace VpcRouter.Romana.Tests.Support;

/// <summary>Waits for what must happen. The limit is only there so that a broken test ends.</summary>
internal static class Limits
{
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what, Func<string>? whyNot = null)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > Generous)
                Assert.Fail($"{what} within {Generous.TotalSeconds} s {whyNot?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);
}
