namespace VpcRouter.Tests.Monitors.Network;

/// <summary>How often something may happen by chance alone.</summary>
internal static class Binomial
{
    /// <summary>The smallest number that so many tries exceed with less than the given probability.</summary>
    public static int Allowed(int tries, double probability, double significance)
    {
        // By logarithms, since the first terms are too small to be told from zero.
        var term = tries * Math.Log(1 - probability);
        var odds = Math.Log(probability / (1 - probability));
        var sum = Math.Exp(term);
        var count = 0;
        for (; 1 - sum >= significance; count++)
        {
            term += Math.Log((double)(tries - count) / (count + 1)) + odds;
            sum += Math.Exp(term);
        }

        return count;
    }
}
