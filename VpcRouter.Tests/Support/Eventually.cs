using Microsoft.Extensions.Time.Testing;

namespace VpcRouter.Tests.Support;

/// <summary>Lets the code under test run until a condition holds. Never sleeps; the limit is only there so that a broken test ends.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Task BeTrueAsync(Func<bool> condition) => SpinAsync(condition, () => { });

    /// <summary>Moves the fake time on in small steps until the condition holds.</summary>
    public static Task BeTrueAsync(Func<bool> condition, FakeTimeProvider time, TimeSpan step) => SpinAsync(condition, () => time.Advance(step));

    private static async Task SpinAsync(Func<bool> condition, Action onTurn)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > Limit)
                throw new TimeoutException("the condition never came true");
            onTurn();
            await Task.Yield();
        }
    }
}
