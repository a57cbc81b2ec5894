using CsCheck;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

internal sealed class RoundTripHistogramTests
{
    [Test]
    public void Quantile_NoAnswers_IsNull() => RoundTripHistogram.Quantile(new byte[RoundTripHistogram.Size], 0.5).Should().BeNull();

    [TestCase(0.0, 16e-6, Description = "faster than the fastest class")]
    [TestCase(60, 16, Description = "slower than the slowest class")]
    public void Quantile_OutOfRange_IsTheNearestClass(double seconds, double about)
    {
        var counts = new byte[RoundTripHistogram.Size];

        RoundTripHistogram.Add(counts, (float)seconds);

        RoundTripHistogram.Quantile(counts, 0.5).Should().BeInRange(about * 0.8, about * 1.25);
    }

    [Test]
    public void Quantile_AnyTimes_IsWithinAnEighthOfTheTrueOne() => Gen.Double[20e-6, 10].Array[1, 200].Select(Gen.Double[0.01, 1]).Sample((times, share) =>
    {
        var counts = new byte[RoundTripHistogram.Size];
        foreach (var time in times)
            RoundTripHistogram.Add(counts, (float)time);
        var expected = times.Order().ElementAt(Math.Max(1, (int)Math.Ceiling(share * times.Length)) - 1);
        return Math.Abs(RoundTripHistogram.Quantile(counts, share)!.Value - expected) <= 0.13 * expected;
    });

    [Test]
    public void Add_Long_ForgetsWhatWasLongAgo()
    {
        var counts = new byte[RoundTripHistogram.Size];
        for (var i = 0; i < 1000; i++)
            RoundTripHistogram.Add(counts, 0.5f);
        for (var i = 0; i < 3000; i++)
            RoundTripHistogram.Add(counts, 0.001f);

        RoundTripHistogram.Quantile(counts, 0.99).Should().BeLessThan(0.01);
    }
}
