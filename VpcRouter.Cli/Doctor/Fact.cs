using System.Diagnostics.CodeAnalysis;

namespace VpcRouter.Cli.Doctor;

/// <summary>Something that was found out, or why it wasn't. Immutable.</summary>
/// <param name="Value">What was found out.</param>
/// <param name="Error">Why it wasn't; <see langword="null"/> when nobody asked for it.</param>
internal sealed record Fact<T>(T? Value, Exception? Error)
    where T : class
{
    /// <summary>Nobody asked for it.</summary>
    public static Fact<T> None { get; } = new(null, null);

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsKnown => Value is not null;

    public static async Task<Fact<T>> OfAsync(Func<Task<T>> find)
    {
        try
        {
            return new Fact<T>(await find().ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is Vpc.VpcApiException or CommandFailedException or TimeoutException)
        {
            return new Fact<T>(null, e);
        }
    }
}
