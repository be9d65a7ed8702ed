using Sluice.EndToEnd.Nodes;
using Sluice.EndToEnd.Traffic;

namespace Sluice.EndToEnd.Scenes;

/// <summary>
/// A process that takes requests, the clients that talk only to it, and the journal of what they saw.
/// </summary>
internal sealed record Entrance(NodeProcess Node, Crowd Clients, CallJournal Journal);
