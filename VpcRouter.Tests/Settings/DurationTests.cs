using VpcRouter.Settings;

namespace VpcRouter.Tests.Settings;

public class DurationTests
{
    [TestCase("2", 2000)]
    [TestCase("0", 0)]
    [TestCase("0.5", 500)]
    [TestCase("500ms", 500)]
    [TestCase("1001ms", 1001)]
    [TestCase("60s", 60_000)]
    [TestCase("1.5m", 90_000)]
    [TestCase("1h", 3_600_000)]
    public void TryParse_Duration_ReadsIt(string text, int milliseconds)
    {
        Duration.TryParse(text, out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("s")]
    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase("1 s")]
    [TestCase("1d")]
    [TestCase("1e3")]
    [TestCase("1,5")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("8761h")]
    public void TryParse_NoDuration_Refuses(string? text) => Duration.TryParse(text, out _).Should().BeFalse();
}
