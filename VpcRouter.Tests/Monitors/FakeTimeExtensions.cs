using Microsoft.Extensions.Time.Testing;

namespace VpcRouter.Tests.Monitors;

internal static class FakeTimeExtensions
{
    /// <summary>Moves fake time on in small steps until something has happened.</summary>
    public static async Task<T> AdvanceUntilAsync<T>(this FakeTimeProvider time, Task<T> happened, double stepMilliseconds = 10)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!happened.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMilliseconds(stepMilliseconds));
            await Task.Yield();
        }

        return await happened;
    }
}
