using System.Globalization;

namespace VpcRouter.Benchmarks.Probing;

/// <summary>A number of things on the command line.</summary>
internal static class Count
{
    public static bool TryParse(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
