using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>A cluster of three nodes that several test classes share.</summary>
public sealed class SharedCluster : ICollectionFixture<ThreeNodes>;
