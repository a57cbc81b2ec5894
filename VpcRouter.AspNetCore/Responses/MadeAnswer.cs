namespace VpcRouter.AspNetCore.Responses;

/// <summary>What came of making an answer for all who wait for it. Immutable.</summary>
/// <param name="Answer">The answer; <see langword="null"/> where there is none to share.</param>
/// <param name="IsTooLarge">Whether that is because each client is to have it streamed; else too many are being made.</param>
internal sealed record MadeAnswer(Answer? Answer, bool IsTooLarge = false)
{
    public static readonly MadeAnswer None = new(Answer: null);
    public static readonly MadeAnswer TooLarge = new(Answer: null, IsTooLarge: true);
}
