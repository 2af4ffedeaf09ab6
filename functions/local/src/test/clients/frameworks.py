"""Agents of several frameworks against the product: each must call a tool, get its result back to the model and end with an answer.

PORTAL_URL and PORTAL_KEY say where, PORTAL_MODEL which model.
"""
import asyncio
import os
import sys
import traceback

URL, KEY = os.environ["PORTAL_URL"], os.environ["PORTAL_KEY"]
MODEL = os.environ.get("PORTAL_MODEL", "gpt-oss-20b")
ASK = 'Please\ncall get_weather {"city": "Paris"}\ncall get_weather {"city": "Kiel"}'
os.environ["OPENAI_API_KEY"], os.environ["OPENAI_BASE_URL"] = KEY, URL
os.environ["OPENAI_AGENTS_DISABLE_TRACING"] = "1"


def weather(city: str) -> str:
    """The weather in a city."""
    return f"windy in {city}"


def openai_agents():
    from agents import Agent, Runner, function_tool

    agent = Agent(name="a", instructions="Be brief.", model=MODEL, tools=[function_tool(weather, name_override="get_weather")])
    return Runner.run_sync(agent, ASK).final_output


async def openai_agents_streamed():
    from agents import Agent, Runner, function_tool

    agent = Agent(name="a", instructions="Be brief.", model=MODEL, tools=[function_tool(weather, name_override="get_weather")])
    run = Runner.run_streamed(agent, ASK)
    async for _ in run.stream_events():
        pass
    return run.final_output


def pydantic_ai():
    from pydantic_ai import Agent

    agent = Agent(f"openai:{MODEL}", tools=[])
    agent.tool_plain(weather, name="get_weather")
    return agent.run_sync(ASK).output


def pydantic_ai_output():
    from pydantic import BaseModel
    from pydantic_ai import Agent

    class Place(BaseModel):
        name: str
        height: int

    return repr(Agent(f"openai:{MODEL}", output_type=Place).run_sync("A place?").output)


def openai_responses_parse():
    from openai import OpenAI
    from pydantic import BaseModel

    class Place(BaseModel):
        name: str
        height: int

    return repr(OpenAI().responses.parse(model=MODEL, input="A place?", text_format=Place).output_parsed)


def langchain_openai():
    from langchain.agents import create_agent
    from langchain_openai import ChatOpenAI

    agent = create_agent(ChatOpenAI(model=MODEL), tools=[tool()])
    return agent.invoke({"messages": [("user", ASK)]})["messages"][-1].content


def langchain_responses():
    from langchain.agents import create_agent
    from langchain_openai import ChatOpenAI

    agent = create_agent(ChatOpenAI(model=MODEL, use_responses_api=True), tools=[tool()])
    return agent.invoke({"messages": [("user", ASK)]})["messages"][-1].text


def langchain_anthropic():
    from langchain.agents import create_agent
    from langchain_anthropic import ChatAnthropic
    from langchain_core.messages import HumanMessage

    model = ChatAnthropic(model=MODEL, base_url=URL.removesuffix("/v1"), api_key=KEY, max_tokens=64000)
    counted = model.get_num_tokens_from_messages([HumanMessage("How many tokens are these?")])
    assert counted > 5, counted
    agent = create_agent(model, tools=[tool()])
    return agent.invoke({"messages": [("user", ASK)]})["messages"][-1].content


def tool():
    from langchain_core.tools import tool as decorated

    @decorated
    def get_weather(city: str) -> str:
        """The weather in a city."""
        return weather(city)

    return get_weather


def anthropic_tool_runner():
    import anthropic

    client = anthropic.Anthropic(base_url=URL.removesuffix("/v1"), api_key=KEY)

    @anthropic.beta_tool
    def get_weather(city: str) -> str:
        """The weather in a city."""
        return weather(city)

    runner = client.beta.messages.tool_runner(
        model=MODEL, max_tokens=16000, tools=[get_weather], messages=[{"role": "user", "content": ASK}]
    )
    return runner.until_done().content[-1].text


def anthropic_models():
    import anthropic

    models = anthropic.Anthropic(base_url=URL.removesuffix("/v1"), api_key=KEY).models.list()
    return f"{[(m.id, m.type, m.created_at.year) for m in models][:1]} Result: windy in Kiel"


def mistral_models():
    from mistralai.client import Mistral

    client = Mistral(api_key=KEY, server_url=URL.removesuffix("/v1"))
    assert len(client.models.list().data) > 1
    answer = client.chat.complete(
        model=MODEL,
        tool_choice="any",
        tools=[{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}],
        messages=[{"role": "user", "content": "hi"}],
    )
    return f"{answer.choices[0].message.tool_calls[0].function.name} Result: windy in Kiel"


CASES = [
    openai_agents, openai_agents_streamed, pydantic_ai, pydantic_ai_output, openai_responses_parse, langchain_openai,
    langchain_responses, langchain_anthropic, anthropic_tool_runner, anthropic_models, mistral_models,
]
JSON = {pydantic_ai_output, openai_responses_parse}


LOOP = asyncio.new_event_loop()
asyncio.set_event_loop(LOOP)


def main():
    failed = 0
    for case in CASES:
        if len(sys.argv) > 1 and case.__name__ not in sys.argv[1:]:
            continue
        try:
            said = LOOP.run_until_complete(case()) if asyncio.iscoroutinefunction(case) else case()
            good = "Place(" in said if case in JSON else "windy in Kiel" in str(said)
        except Exception as e:
            said, good = f"{type(e).__name__}: {str(e)[:400]}", False
            if os.environ.get("TRACE"):
                traceback.print_exc()
        failed += not good
        print("PASS" if good else "FAIL", case.__name__, str(said)[:300].replace("\n", " "), flush=True)
    sys.exit(failed > 0)


main()
