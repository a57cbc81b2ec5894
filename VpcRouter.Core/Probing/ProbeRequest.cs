using System.Net;

namespace VpcRouter.Probing;

/// <summary>One probe to be sent.</summary>
/// <param name="Host">The host's index, less than the number of hosts ever known at once; another host may have it later.</param>
/// <param name="Number">The probe's number, to be given back with its completion; not used again for a long time.</param>
/// <param name="Address">The host.</param>
internal readonly record struct ProbeRequest(int Host, ulong Number, IPAddress Address);
