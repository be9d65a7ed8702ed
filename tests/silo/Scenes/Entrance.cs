using Sluice.EndToEnd.Traffic;
using Sluice.Silo.Tests.Nodes;

namespace Sluice.Silo.Tests.Scenes;

/// <summary>A process that takes requests, the clients that talk to it alone, and what they saw.</summary>
internal sealed record Entrance(ClusterNode Node, Crowd Clients, CallJournal Journal);
