namespace VpcRouter.Probing;

/// <summary>
/// Counts round-trip times by magnitude, four classes an octave from 16 µs to 16 s, in 80 bytes. When a class is full, all counts are
/// halved, so that the newest few hundred answers weigh most.
/// </summary>
internal static class RoundTripHistogram
{
    /// <summary>How many bytes one histogram takes.</summary>
    public const int Size = 80;

    private const int MantissaBits = 23;
    private const int Shift = MantissaBits - 2;
    private static readonly int FirstClass = BitConverter.SingleToInt32Bits(16e-6f) >> Shift;

    public static void Add(Span<byte> counts, float seconds)
    {
        // The upper bits of a float are its magnitude, to a quarter of an octave.
        var place = Math.Clamp((BitConverter.SingleToInt32Bits(seconds) >> Shift) - FirstClass, 0, Size - 1);
        if (++counts[place] != byte.MaxValue)
            return;
        for (var i = 0; i < Size; i++)
            counts[i] >>= 1;
    }

    /// <summary>The time that a share of the answers didn't exceed, to within an eighth.</summary>
    /// <param name="counts">The histogram.</param>
    /// <param name="share">0 to 1.</param>
    /// <returns>Seconds; <see langword="null"/> without answers.</returns>
    public static double? Quantile(ReadOnlySpan<byte> counts, double share)
    {
        var total = 0;
        foreach (var count in counts)
            total += count;
        if (total == 0)
            return null;
        var left = Math.Max(1, (int)Math.Ceiling(share * total));
        var place = 0;
        while ((left -= counts[place]) > 0)
            place++;
        return Middle(place);
    }

    private static double Middle(int place)
    {
        var start = BitConverter.Int32BitsToSingle((FirstClass + place) << Shift);
        var end = BitConverter.Int32BitsToSingle((FirstClass + place + 1) << Shift);
        return (start + end) / 2;
    }
}
