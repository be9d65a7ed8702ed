using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>One node that the tests of members, projects and keys share.</summary>
public sealed class MembersNode : ICollectionFixture<NodeHost>;
