namespace VpcRouter.Tests.Monitors.Network;

internal sealed class BinomialTests
{
    [TestCase(10, 0.5, 0.06, 7)]
    [TestCase(10, 0.5, 0.05, 8)]
    [TestCase(1, 0.001, 0.01, 0)]
    [TestCase(100_000, 0.1, 0.5, 10_000)]
    public void Allowed_TextbookCases_AreRight(int tries, double probability, double significance, int allowed) =>
        Binomial.Allowed(tries, probability, significance).Should().Be(allowed);
}
