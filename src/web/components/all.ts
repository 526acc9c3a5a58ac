/** Every component by name, for the examples. */
import { ActionBar } from './action-bar/action-bar.tsx';
import { BackLink, Breadcrumbs } from './back-link/back-link.tsx';
import { BarChart } from './bar-chart/bar-chart.tsx';
import { Button, ButtonRow } from './button/button.tsx';
import { Checkbox, Checkboxes } from './checkboxes/checkboxes.tsx';
import { Clock, Clocks, DaysLeft } from './clock/clock.tsx';
import { Csrf } from './csrf/csrf.tsx';
import { EmptyState } from './empty-state/empty-state.tsx';
import { ErrorSummary } from './error-summary/error-summary.tsx';
import { Facts } from './facts/facts.tsx';
import { Field, FieldError, FieldFrame, Optional } from './field/field.tsx';
import { Figure, Figures } from './figure/figure.tsx';
import { FileUpload } from './file-upload/file-upload.tsx';
import { HeroArt } from './hero-art/hero-art.tsx';
import { Icon } from './icon/icon.tsx';
import { Columns, FieldRow, Heading, Section, Sheet, Split } from './layout/layout.tsx';
import { CardButton, CardGrid, LinkCard } from './link-card/link-card.tsx';
import { Mark } from './mark/mark.tsx';
import { NextStep } from './next-step/next-step.tsx';
import { Notice } from './notice/notice.tsx';
import { Page } from './page/page.tsx';
import { Pagination } from './pagination/pagination.tsx';
import { Panel } from './panel/panel.tsx';
import { PersonHelp } from './person-help/person-help.tsx';
import { PrintButton, PrintHeader } from './print-header/print-header.tsx';
import { ProblemBody } from './problem-body/problem-body.tsx';
import { ChoiceLine, Choices, Radios } from './radios/radios.tsx';
import { Rail } from './rail/rail.tsx';
import { ReadAloud } from './read-aloud/read-aloud.tsx';
import { SearchBox } from './search-box/search-box.tsx';
import { Select } from './select/select.tsx';
import { Steps } from './steps/steps.tsx';
import { SummaryList } from './summary-list/summary-list.tsx';
import { Table } from './table/table.tsx';
import { Tabs } from './tabs/tabs.tsx';
import { Tag } from './tag/tag.tsx';
import { TaskList } from './task-list/task-list.tsx';
import { TextArea } from './textarea/textarea.tsx';
import { Timeline } from './timeline/timeline.tsx';
import { Details, Why } from './why/why.tsx';
export const components = {
  ActionBar,
  BackLink,
  BarChart,
  Breadcrumbs,
  Button,
  ButtonRow,
  CardButton,
  CardGrid,
  Checkbox,
  Checkboxes,
  ChoiceLine,
  Choices,
  Clock,
  Clocks,
  Columns,
  Csrf,
  DaysLeft,
  Details,
  EmptyState,
  ErrorSummary,
  Facts,
  Field,
  FieldError,
  FieldFrame,
  FieldRow,
  Figure,
  Figures,
  FileUpload,
  Heading,
  HeroArt,
  Icon,
  LinkCard,
  Mark,
  NextStep,
  Notice,
  Optional,
  Page,
  Pagination,
  Panel,
  PersonHelp,
  PrintButton,
  PrintHeader,
  ProblemBody,
  Radios,
  Rail,
  ReadAloud,
  SearchBox,
  Section,
  Select,
  Sheet,
  Split,
  Steps,
  SummaryList,
  Table,
  Tabs,
  Tag,
  TaskList,
  TextArea,
  Timeline,
  Why,
};
