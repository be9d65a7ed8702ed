using Sluice.GrainInterfaces;

namespace Sluice.Grains;

/// <summary>The edge of a live session, as its row names it.</summary>
/// <param name="Observer">Calls the edge.</param>
/// <param name="Secret">Seals messages from and to it; null if an older version opened the session.</param>
internal sealed record EdgeLink(IEdgeObserver Observer, byte[]? Secret);
