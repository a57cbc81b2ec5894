using VpcRouter.Monitors.Http;

namespace VpcRouter.Tests.Monitors.Http;

internal sealed class StatusRangeTests
{
    [TestCase("200", 200, 200)]
    [TestCase("200-399", 200, 399)]
    [TestCase("503-503", 503, 503)]
    [TestCase("200-599", 200, 599)]
    public void Parse_Range_HoldsBothEnds(string text, int first, int last)
    {
        var range = StatusRange.Parse(text, null);

        (range.Contains(first), range.Contains(last), range.Contains(first - 1), range.Contains(last + 1)).Should().Be((true, true, false, false));
        StatusRange.Parse(range.ToString(), null).Should().Be(range);
    }

    [TestCase("")]
    [TestCase("-")]
    [TestCase("200-")]
    [TestCase("399-200")]
    [TestCase("199")]
    [TestCase("600")]
    [TestCase("200-300-400")]
    [TestCase("2xx")]
    [TestCase(" 200")]
    public void Parse_Nonsense_SaysWhatToGive(string text)
    {
        var act = () => StatusRange.Parse(text, null);

        act.Should().Throw<FormatException>().WithMessage("*give for example 200 or 200-399*");
    }
}
