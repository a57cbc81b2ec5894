using Microsoft.Extensions.Logging;

namespace VpcRouter.Testing;

/// <summary>One line that a plugin under test logged. Immutable.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Category">Who logged it: normally the full name of a class.</param>
/// <param name="Message">The text with its values filled in.</param>
/// <param name="Exception">What was logged with it, or <see langword="null"/>.</param>
public sealed record LogLine(LogLevel Level, string Category, string Message, Exception? Exception)
{
    /// <summary>The line as an operator would read it.</summary>
    public override string ToString() => Exception is null ? $"{Level}: {Message}" : $"{Level}: {Message} ({Exception.Message})";
}
