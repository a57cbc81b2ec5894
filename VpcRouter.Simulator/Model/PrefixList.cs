using System.Collections.Immutable;

namespace VpcRouter.Simulator.Model;

internal sealed record PrefixList(string Id, string Name, bool IsIpv6, int MaxEntries, ImmutableArray<string> Entries);
