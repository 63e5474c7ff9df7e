namespace UAmtfl;

/// <summary>The variant that the report measures transfer against: a task with a larger error than here suffers negative transfer.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BaselineAttribute : Attribute;

/// <summary>The variant that the experiment is about: the report pairs it with every other one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ProposedAttribute : Attribute;

/// <summary>An ablation, shown apart from the methods that are compared.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ControlAttribute : Attribute;

/// <summary>A variant that is trained only when it is named: <c>--variant NAME</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnRequestAttribute : Attribute;
