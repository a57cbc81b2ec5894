namespace VpcRouter.Simulator.Faults;

/// <summary>How short pages are cut. With 0 items a page is empty and its token leads to where the reader was.</summary>
internal sealed record PageCap(int MaxItems);
